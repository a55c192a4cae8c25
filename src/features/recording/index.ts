export { createRecording, type Recording } from './recording.ts';

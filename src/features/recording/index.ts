export { recordingMigrations } from './progress.ts';
export { createRecording, type Recording } from './recording.ts';

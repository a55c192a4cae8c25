import { ACTIVITY_QUESTIONS } from './activity-questions.ts';
import { OBJECT_QUESTIONS } from './object-questions.ts';
import type { Question } from './question.ts';
import { WRITE_QUESTIONS } from './write-questions.ts';

/** All that is asked. */
export const QUESTIONS: readonly Question[] = [...ACTIVITY_QUESTIONS, ...WRITE_QUESTIONS, ...OBJECT_QUESTIONS];

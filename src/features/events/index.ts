export { createEventsFeature, type EventsFeature } from './events-feature.ts';

export { createEventsFeature, type EventsFeature, type EventsFeatureOptions } from './events-feature.ts';

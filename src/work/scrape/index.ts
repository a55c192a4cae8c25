export { ScrapeConfig } from './config.ts';
export { planScrape } from './plan.ts';
export { createScraper } from './scraper.ts';

export { ScrapeConfig } from './config.ts';
export { planScrape } from './plan.ts';
export { createScraper, type Scraper } from './scraper.ts';

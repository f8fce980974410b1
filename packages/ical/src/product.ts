/** PRODID of the calendars that are made here (RFC 5545 §3.7.3). */
export const PRODID = "-//Hourwright//Hourwright//EN";

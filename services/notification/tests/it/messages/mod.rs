mod closures;
mod events;
mod mails;

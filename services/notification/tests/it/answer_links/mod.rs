mod answering;
mod refusals;

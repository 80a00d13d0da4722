mod counts;
mod kept;

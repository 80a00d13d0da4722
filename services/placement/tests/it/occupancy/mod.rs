mod weeks;

mod catch_up;

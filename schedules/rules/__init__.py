"""What the law and the office say of coverage, risk and the month of an officer, in pure functions."""

"""What people do with plans: have one made, change it by hand, publish it, skip a visit, be away, hand over."""

"""What the shape of one value cannot tell: ids that answer each other, hours, colours, drawings, people."""

"""Time, pure: from the rules in a manifest to dated airings in UTC."""

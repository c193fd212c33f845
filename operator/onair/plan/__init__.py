"""The plan, pure: from airings to demand, floors, limits and the next step for a target."""

"""People behind the numbers: who takes part in a course, a secondment or a team; who is on post, and due when."""

"""Tables taken over from outside: codes and published weights, each with its source."""

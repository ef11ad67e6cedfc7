/* The name of what a denied system call would have done. */
#ifndef DTGEN_DENIED_H
#define DTGEN_DENIED_H

/* Reports the kind of call and, where it has one, the path that it names. */
void report_denied_call(int number, void *context);

#endif

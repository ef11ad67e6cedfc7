/* What is reported when the description does something that ends it. */
#ifndef DTGEN_HANDLERS_H
#define DTGEN_HANDLERS_H

/* Reports denied system calls, faults, and the end of the time allowed, each with its frames. */
void install_handlers(void);

#endif

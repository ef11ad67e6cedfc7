/* zlib, which unpacks /proc/config.gz. */
#include <zlib.h>

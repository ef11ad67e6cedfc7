// libfdt as Swift sees it: the importer drops function-like macros, so the ones we need are functions.
#ifndef DTGEN_CLIBFDT_H
#define DTGEN_CLIBFDT_H

#include <libfdt.h>

static inline uint32_t dtgen_fdt_totalsize(const void *fdt) { return fdt_totalsize(fdt); }
static inline uint32_t dtgen_fdt_off_dt_struct(const void *fdt) { return fdt_off_dt_struct(fdt); }
static inline uint32_t dtgen_fdt_size_dt_struct(const void *fdt) { return fdt_size_dt_struct(fdt); }
static inline uint32_t dtgen_fdt_boot_cpuid_phys(const void *fdt) { return fdt_boot_cpuid_phys(fdt); }

#endif

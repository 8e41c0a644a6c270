// Instructions for which Swift has no words.

/// Asks for the cache line at `address`, which is about to be written, and does not wait for it. Any address will do.
static inline __attribute__((always_inline)) void limn_prefetch_for_writing(const void *address) {
  __builtin_prefetch(address, 1);
}

/// Asks for the cache line at `address`, which is about to be read, and does not wait for it. Any address will do.
static inline __attribute__((always_inline)) void limn_prefetch_for_reading(const void *address) {
  __builtin_prefetch(address);
}

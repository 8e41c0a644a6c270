// Declared by <sched.h> for those alone who ask for GNU's extensions, which Swift's Glibc module does not.

/// Sets a bit in `mask`, which has `size` bytes, for each processor that a process (0: this one) may run on. Returns 0,
/// or -1 after an error.
int sched_getaffinity(int process, unsigned long size, void *mask);

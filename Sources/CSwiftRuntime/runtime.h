// Functions of Swift's runtime that have no name in Swift: they count an object's references without atomic
// instructions, for objects that one thread at a time uses.

void *swift_nonatomic_retain(void *object);
void swift_nonatomic_release(void *object);

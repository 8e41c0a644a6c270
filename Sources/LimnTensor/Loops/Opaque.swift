/// Hides from the optimizer which loop is called.
///
/// There are hundreds of loops, one for each operator and element type, and a few drivers that allocate, walk and share
/// work. If the optimizer sees which loop a driver gets, it makes a copy of the driver for each.
@inline(never)
@_optimize(none)
func opaque<Loop>(_ loop: Loop) -> Loop { loop }

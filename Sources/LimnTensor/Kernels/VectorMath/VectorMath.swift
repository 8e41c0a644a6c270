/// Elementary functions of eight floats at once.
///
/// Each says its largest error in units in the last place (ulp), as measured against the C library in double
/// precision over the whole range. All of them pass NaN on, take infinities to their limits, and work on
/// denormal numbers. The polynomials are near-minimax fits of the stated functions, made for this file: weighted
/// least squares on Chebyshev nodes, reweighted until the error levels out, each coefficient rounded to a float
/// in turn and the rest fitted again.
enum VectorMath {}

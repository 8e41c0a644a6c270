// The instructions.
//
// An instruction is a 32-bit word: the opcode in the low byte, then operands A, B, and C of a byte each; Bx is B and C
// as one unsigned number. A, B, and C name registers of the running function unless said otherwise. Some instructions
// are followed by words of their own ("then"): a jump's distance, counted from the word after the instruction's last;
// a constant's index; the inline cache of a member's place.
//
// Register 0 holds what was called: the function, or in a method the instance. Parameters follow, then locals, then
// what an expression needs in between. A call's window begins at A: the callee, then its arguments; it becomes the
// callee's registers from 0 on, so that nothing is copied.

enum Opcode: UInt8 {
  // Loading
  case loadNil  // A = nil
  case loadTrue  // A = true
  case loadFalse  // A = false
  case loadInt  // A = Bx as a signed 16-bit number
  case loadConstant  // A = constant Bx
  case move  // A = B
  case clear  // the B registers from A on hold nothing any more
  case getGlobal  // A = global Bx; an error when it is not set
  case setGlobal  // global Bx = A
  case newCell  // A = a new cell that holds A
  case getCell  // A = what the cell B holds
  case setCell  // the cell A holds B
  case getCapture  // A = capture B
  case getCaptureCell  // A = what the cell in capture B holds
  case setCaptureCell  // the cell in capture A holds B
  case makeFunction  // A = the function of prototype Bx with its captures
  case makeType  // A = the type of template Bx
  case defaultArgument  // then distance: jumps there when the parameter A was given

  // Arithmetic; "K": the right operand is constant C
  case add, subtract, multiply, divide, floorDivide, modulo, power  // A = B op C
  case addK, subtractK, multiplyK, divideK, floorDivideK, moduloK, powerK
  case binary  // A = B op C; then the operator's number
  case negate, invert, not  // A = op B

  // Jumps; those that lead backwards look for interrupts
  case jump  // then distance
  case jumpIfFalse, jumpIfTrue  // on A; then distance
  case jumpLess, jumpLessOrEqual, jumpGreater, jumpGreaterOrEqual, jumpEqual  // when (A op B) == C; then distance
  case jumpLessK, jumpLessOrEqualK, jumpGreaterK, jumpGreaterOrEqualK, jumpEqualK  // the right operand is constant B
  case jumpContained  // when (A in B) == C; then distance

  // Loops
  case rangeStart  // A ... A + 1 (..< when C is 0) becomes first and last; then distance, to the end when empty
  case rangeNext  // lets go of the C registers from B on; while A < A + 1: A += 1, and jumps; then distance
  case iterate  // A = what goes through A, with its state in A + 1; C is 1 when keys are wanted too
  case next  // A + 2 (and A + 3 when B is 2) = the next value, and jumps; then distance

  // Containers
  case makeList  // A = the list of the C registers from B on
  case extendList  // appends the C registers from B on to the list A
  case makeMap  // A = an empty map
  case mapEntry  // map A, key B, value C
  case makeRange, makeClosedRange  // A = B..<C, B...C
  case getIndex  // A = B[C]
  case getIndexGlobal  // A = global[C]; then the global's number
  case setIndex  // A[B] = C; then distance, jumped when A needs no storing back
  case setIndexK  // the same; the value is constant C
  case getSubscript  // A = B[...]: the shape in constant word "then", its values in the registers after C
  case setSubscript  // A[...] = B: values in the registers after C; then the shape, then distance as in setIndex
  case destructure  // A, A + 1, ... = the B values of C

  // Members; "member": then the constant of its name, and two words of cache
  case getMember  // A = B.member
  case setMember  // A.member = B
  case getField  // A = field C of the instance B
  case setField  // field C of the instance A = B

  // Calls; the result goes to C
  case call  // A with B arguments
  case callGlobal, callLocal, callCapture  // a variable with B arguments, into the window A; then its number
  case callNamed  // A with B arguments; then the index of the names of the last ones
  case callMethod  // the member of A with B arguments; member, then the index of names plus one, or 0
  case returnValue  // A
  case returnNil
  case halt  // ends a run of the machine

  // Everything else
  case compose  // A = B >> C
  case interpolate  // A = the C values from B on, joined as text
  case format  // A = B as text; then the index of the format
  case throwError  // throws A
  case failAssertion  // the left side in A, the right in A + 1, the message in B; C: 1 has sides, 2 has a message
  case rejectAssignment  // what A names cannot be assigned to; then the constant of its name
  case importModule  // A = the module of index Bx, which has run
}

/// An instruction's word, and its parts.
enum Instruction {
  @inline(__always)
  static func word(_ opcode: Opcode, _ a: Int, _ b: Int, _ c: Int) -> UInt32 {
    UInt32(opcode.rawValue) | UInt32(truncatingIfNeeded: a & 0xFF) << 8 | UInt32(truncatingIfNeeded: b & 0xFF) << 16
      | UInt32(truncatingIfNeeded: c & 0xFF) << 24
  }

  @inline(__always)
  static func word(_ opcode: Opcode, _ a: Int, wide: Int) -> UInt32 {
    UInt32(opcode.rawValue) | UInt32(truncatingIfNeeded: a & 0xFF) << 8
      | UInt32(truncatingIfNeeded: wide & 0xFFFF) << 16
  }

  @inline(__always) static func opcode(_ word: UInt32) -> Opcode {
    unsafeBitCast(UInt8(truncatingIfNeeded: word), to: Opcode.self)
  }
  @inline(__always) static func a(_ word: UInt32) -> Int { Int((word >> 8) & 0xFF) }
  @inline(__always) static func b(_ word: UInt32) -> Int { Int((word >> 16) & 0xFF) }
  @inline(__always) static func c(_ word: UInt32) -> Int { Int(word >> 24) }
  @inline(__always) static func wide(_ word: UInt32) -> Int { Int(word >> 16) }
}

// The handlers of instructions, as C sees them.
//
// They are functions of Swift with names of C's kind (`Instructions`). Swift gives a C function pointer to a function
// of its own only by way of another function between the two, which jumps to it; through the functions here the table
// of handlers gets the addresses of the handlers themselves. With so few arguments, none of them a structure, both
// languages call alike.

#ifndef LIMN_HANDLERS_H
#define LIMN_HANDLERS_H

#include <stdint.h>

#pragma clang assume_nonnull begin

typedef void (*limn_handler)(uint32_t *next, void *registers, void *constants, void *frame, void *context,
                             uint32_t word);

#define LIMN_HANDLER(name)                                                                                  \
  void limn_instruction_##name(uint32_t *next, void *registers, void *constants, void *frame, void *context, \
                               uint32_t word);                                                              \
  static inline limn_handler limn_handler_##name(void) { return limn_instruction_##name; }

LIMN_HANDLER(add)
LIMN_HANDLER(addK)
LIMN_HANDLER(subtract)
LIMN_HANDLER(subtractK)
LIMN_HANDLER(multiply)
LIMN_HANDLER(multiplyK)
LIMN_HANDLER(divide)
LIMN_HANDLER(divideK)
LIMN_HANDLER(floorDivide)
LIMN_HANDLER(floorDivideK)
LIMN_HANDLER(modulo)
LIMN_HANDLER(moduloK)
LIMN_HANDLER(power)
LIMN_HANDLER(powerK)
LIMN_HANDLER(negate)
LIMN_HANDLER(not)
LIMN_HANDLER(call)
LIMN_HANDLER(callGlobal)
LIMN_HANDLER(callLocal)
LIMN_HANDLER(callCapture)
LIMN_HANDLER(callPrepared)
LIMN_HANDLER(callMethod)
LIMN_HANDLER(returnValue)
LIMN_HANDLER(returnNil)
LIMN_HANDLER(halt)
LIMN_HANDLER(getIndex)
LIMN_HANDLER(getIndexGlobal)
LIMN_HANDLER(setIndex)
LIMN_HANDLER(setIndexK)
LIMN_HANDLER(jumpContained)
LIMN_HANDLER(getMember)
LIMN_HANDLER(setMember)
LIMN_HANDLER(getField)
LIMN_HANDLER(setField)
LIMN_HANDLER(jump)
LIMN_HANDLER(jumpIfFalse)
LIMN_HANDLER(jumpIfTrue)
LIMN_HANDLER(jumpLess)
LIMN_HANDLER(jumpLessK)
LIMN_HANDLER(jumpLessOrEqual)
LIMN_HANDLER(jumpLessOrEqualK)
LIMN_HANDLER(jumpGreater)
LIMN_HANDLER(jumpGreaterK)
LIMN_HANDLER(jumpGreaterOrEqual)
LIMN_HANDLER(jumpGreaterOrEqualK)
LIMN_HANDLER(jumpEqual)
LIMN_HANDLER(jumpEqualK)
LIMN_HANDLER(rangeStart)
LIMN_HANDLER(rangeNext)
LIMN_HANDLER(next)
LIMN_HANDLER(loadNil)
LIMN_HANDLER(loadTrue)
LIMN_HANDLER(loadFalse)
LIMN_HANDLER(loadInt)
LIMN_HANDLER(loadConstant)
LIMN_HANDLER(move)
LIMN_HANDLER(interpolate)
LIMN_HANDLER(clear)
LIMN_HANDLER(getGlobal)
LIMN_HANDLER(setGlobal)
LIMN_HANDLER(getCell)
LIMN_HANDLER(setCell)
LIMN_HANDLER(getCapture)
LIMN_HANDLER(getCaptureCell)
LIMN_HANDLER(setCaptureCell)
LIMN_HANDLER(rare)

#undef LIMN_HANDLER

#pragma clang assume_nonnull end

#endif

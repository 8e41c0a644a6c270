import LimnLanguage
import LimnModels

/// Schedules: learning rates that depend on the number of steps made so far.
enum ScheduleBindings {
  static var all: [Binding] {
    [
      Binding(
        "step_decay",
        [.required("start", .float), .required("every", .int), .optional("factor", .float, 0.1, namedOnly: true)],
        "A rate that begins at `start` and is multiplied by `factor` after every so many steps." + use,
        example: "step_decay(1.0, 10)(10)   # 0.1"
      ) { call in schedule(try .step(from: call.float(0), factor: call.float(2), every: call.int(1))) },
      Binding(
        "exponential_decay",
        [.required("start", .float), .required("factor", .float), .optional("every", .int, 1, namedOnly: true)],
        "A rate that begins at `start` and falls by `factor` within every so many steps, smoothly." + use,
        example: "exponential_decay(1.0, 0.5)(2)   # 0.25"
      ) { call in schedule(try .exponential(from: call.float(0), factor: call.float(1), every: call.int(2))) },
      Binding(
        "cosine_decay",
        [.required("start", .float), .required("steps", .int), .optional("end", .float, 0.0, namedOnly: true)],
        "A rate that falls from `start` to `end` along half a cosine within `steps` (Loshchilov and Hutter, 2016)." + use,
        example: "cosine_decay(1.0, 10)(0)   # 1.0"
      ) { call in schedule(try .cosine(from: call.float(0), to: call.float(2), steps: call.int(1))) },
      Binding(
        "one_cycle",
        [.required("peak", .float), .required("steps", .int), .optional("rising", .float, 0.3, namedOnly: true)],
        "A rate that rises to `peak` over a part of `steps` and falls to almost nothing over the rest (Smith, 2018)." + use,
        example: "one_cycle(1.0, 10, rising: 0.5)(4)   # 1.0"
      ) { call in schedule(try .oneCycle(peak: call.float(0), steps: call.int(1), rising: call.float(2))) },
      Binding(
        "warm_up",
        [.required("schedule", .either([.host(Types.schedule), .float])), .required("steps", .int)],
        "A schedule, or a constant rate, that is reached in a straight line from 0 over the first steps." + use,
        example: "warm_up(1.0, 10)(20)   # 1.0"
      ) { call in
        let inner =
          if let object = call[0].asHost as? ScheduleObject { object.schedule } else { Schedule.constant(try call.float(0)) }
        return schedule(try inner.warmedUp(steps: call.int(1)))
      },
    ]
  }

  private static let use = " It is a function of the step, for an optimizer's `lr`."

  private static func schedule(_ schedule: Schedule) -> Value { .object(ScheduleObject(schedule)) }
}

import LimnLanguage
import LimnModels

/// A schedule of the learning rate as a value of the language: a function of the step's number, to be given as `lr:`.
final class ScheduleObject: HostObject {
  let schedule: Schedule

  init(_ schedule: Schedule) {
    self.schedule = schedule
    super.init()
  }

  override var type: HostType { Types.schedule }

  override func describe(nested: Bool, in interpreter: Interpreter) throws -> String { schedule.description }

  override var isCallable: Bool { true }

  override var callParameters: [Parameter]? { [.required("step", .int)] }

  override func call(_ call: Call) throws -> Value { .float(try schedule(call.int(0))) }
}

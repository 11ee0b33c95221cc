/// What to load before the first frame.
package func start(_ model: inout Model) -> [Effect] { [.load(.account)] }

/// Takes a message into the model, and says what is to be done about it.
package func update(_ model: inout Model, _ message: Message) -> [Effect] { [] }

import CPseudoTerminal
import Glibc
import PatrolOperations

guard let options = Options(CommandLine.arguments.dropFirst()) else {
    print(Options.usage)
    exit(64)
}
if let work = options.mixedWriter {
    let location = Location(database: options.database ?? "", keyFolder: options.keyFolder)
    exit(MixedWriter.run(work, location: location, seconds: options.mixedSeconds ?? 0))
}
exit(Benchmark(options: options).run())

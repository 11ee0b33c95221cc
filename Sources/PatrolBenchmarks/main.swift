import CPseudoTerminal
import Glibc

guard let options = Options(CommandLine.arguments.dropFirst()) else {
    print(Options.usage)
    exit(64)
}
exit(Benchmark(options: options).run())

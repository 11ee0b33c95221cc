import CSystem
import Glibc
import PatrolGateway

process_harden()
signal(SIGPIPE, SIG_IGN)
exit(GatewayProgram.run(Array(CommandLine.arguments.dropFirst())))

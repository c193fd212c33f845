"""Be process 1 of the node's PID namespace: reap what is orphaned there, and nothing else.

Runs as a program of its own. The kernel ends every process of the namespace together with it.
"""

import signal

if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel reaps by itself
    while True:
        signal.pause()

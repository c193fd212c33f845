module onair.dev/crowd/server

go 1.26

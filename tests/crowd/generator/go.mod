module onair.dev/crowd/generator

go 1.26

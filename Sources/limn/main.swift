LimnCommand.start()

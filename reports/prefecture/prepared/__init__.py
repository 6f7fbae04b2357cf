"""Files that the worker puts together for officers: asked for, made, handed out, removed after a week."""

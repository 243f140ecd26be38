"""Reports of a published period: facts formed once, then written as Word, Excel, PowerPoint, pictures, a web folder and badges."""

"""Two raster sources become one pair on one grid: bands, radiometry, alignment, dates.

Importing the package cleans the environment first, because GDAL reads it when it is loaded.
"""

from changeseek.core.raster.environment import isolate_gdal

isolate_gdal()

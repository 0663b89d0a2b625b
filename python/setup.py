"""pip install ./python, from a checkout: CMake compiles the module; Debian's libraries must be there (./dev setup)."""

import os
import pathlib
import re
import subprocess
import sys

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent


class CompiledByCMake(build_ext):
    """Builds the target quartic_python and takes its module."""

    def build_extension(self, ext: Extension) -> None:
        build = pathlib.Path(os.environ.get("QUARTIC_BUILD", ROOT / "build" / "pip"))
        configure = ["cmake", "-S", str(ROOT), "-B", str(build), "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
                     "-DCMAKE_UNITY_BUILD=ON", "-DQUARTIC_TESTS=OFF", "-DQUARTIC_PYTHON=ON",
                     f"-DPython3_EXECUTABLE={sys.executable}"]
        subprocess.run(configure, check=True)
        subprocess.run(["cmake", "--build", str(build), "--target", "quartic_python"], check=True)
        target = pathlib.Path(self.get_ext_fullpath(ext.name))
        target.parent.mkdir(parents=True, exist_ok=True)
        (module,) = (build / "python" / "quartic").glob("_quartic*.so")
        subprocess.run(["strip", "--strip-unneeded", "-o", str(target), str(module)], check=True)


version = re.search(r"project\(quartic VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text(encoding="utf-8"))
assert version, "CMakeLists.txt says no version"
setup(version=version.group(1), ext_modules=[Extension("quartic._quartic", [])],
      cmdclass={"build_ext": CompiledByCMake})

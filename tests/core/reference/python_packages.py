"""The packages that our own numbers are compared with, pinned, in a virtual environment that is made once."""

import subprocess
import venv

PACKAGES = ["numpy==1.26.4", "scikit-learn==1.4.2", "scipy==1.13.0", "xgboost==2.0.3", "shap==0.45.1"]


def environment(folder):
    """@param folder  a pathlib.Path of the caller's own. @return the Python of the environment there, which has the packages"""
    python = folder / "bin" / "python"
    mark = folder / "packages"
    if not mark.exists() or mark.read_text() != "\n".join(PACKAGES):
        print("  installing scikit-learn, XGBoost and SHAP for Python, once", flush=True)
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        mark.write_text("\n".join(PACKAGES))
    return python

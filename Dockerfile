# The study with its locked environment, for a machine that has nothing but a container engine.
#
#   docker build --tag landmine-harm-azerbaijan .
#   docker run --rm --publish 127.0.0.1:8888:8888 landmine-harm-azerbaijan              JupyterLab; it prints its address
#   docker run --rm landmine-harm-azerbaijan make verify                               run everything, compare
#
# Packages are installed by the same set-up, from the same lock and in the same order as everywhere else: make setup.

FROM python:3.11-slim-bookworm

RUN apt-get update \
 && apt-get install --yes --no-install-recommends git make poppler-utils \
 && rm -rf /var/lib/apt/lists/*

RUN useradd --create-home --uid 1000 reader \
 && install --directory --owner reader /study
WORKDIR /study
COPY --chown=reader . .

USER reader
RUN make setup

EXPOSE 8888
CMD [".venv/bin/python", "-m", "jupyterlab", "--ip=0.0.0.0", "--no-browser", \
     "--LabApp.default_url=/lab/tree/explore/start_here.ipynb", "notebooks"]

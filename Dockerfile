# docker build -t yiben . && docker run --rm -v "$PWD:/site" yiben build
FROM python:3.13-slim
COPY . /src
RUN pip install --no-cache-dir '/src[site,verify,machine]' && rm -rf /src
WORKDIR /site
ENTRYPOINT ["yiben"]
CMD ["--help"]

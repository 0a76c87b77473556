# 问必答 in a container. Build: docker build -t wenbida .    Run: see docker-compose.yml.
FROM node:20-bookworm-slim AS build
# nodejieba is compiled where no ready build fits; without a compiler the other tokeniser would serve instead.
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates g++ make python3 \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
# `npm ci` also builds (script "prepare"); afterwards only what runs in production is kept.
RUN npm ci && npm prune --omit=dev --ignore-scripts

FROM node:20-bookworm-slim
ENV NODE_ENV=production WENBIDA_VAR=/var/lib/wenbida
WORKDIR /app
# Weights, gazetteer, mappings and account files are read from beside package.json, as in a checkout.
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/bin bin
COPY --from=build /app/dist dist
COPY --from=build /app/mappings mappings
COPY --from=build /app/pipelines pipelines
COPY --from=build /app/accounts accounts
COPY --from=build /app/sources sources
RUN install -d -o node -g node /var/lib/wenbida
USER node
VOLUME /var/lib/wenbida
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.WENBIDA_PORT || 8080}/api/v1/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "bin/wenbida.js", "serve"]

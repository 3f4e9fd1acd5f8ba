FROM node:22-slim
WORKDIR /usher
ENV NODE_ENV=production
COPY package.json package-lock.json ./
RUN npm ci --omit=dev
COPY src src
COPY adapters adapters
COPY db db
USER node
EXPOSE 3000
CMD ["node", "--import", "tsx", "src/main.ts"]

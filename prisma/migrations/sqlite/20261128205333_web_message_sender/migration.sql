-- CreateIndex
CREATE INDEX "WebMessage_sender_idx" ON "WebMessage"("sender");

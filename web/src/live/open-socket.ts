/** Loaded after what somebody came for is on the screen: a quarter of a phone's script. */
export { io } from 'socket.io-client';
